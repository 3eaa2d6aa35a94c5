// Asks npm's MJML, strictly, of the MJML in between, and Emailens of the HTML. Usage: node proof.mjs FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { auditEmail } from "@emailens/engine";
import { caniemail, rawData } from "caniemail";
import mjml5 from "mjml";
import mjml4 from "mjml4";

const folder = process.argv[2];
// Twelve that nearly all readers of newsletters have.
const clients = [
  "apple-mail.ios", "apple-mail.macos", "gmail.android", "gmail.desktop-webmail", "gmail.ios", "outlook.android",
  "outlook.ios", "outlook.outlook-com", "outlook.windows", "samsung-email.android", "yahoo.desktop-webmail", "yahoo.ios",
];
// What some of them do not know, and what a reader of those sees: nothing of it carries the layout.
const stands_without = {
  "<body> element": "the wrapper inside it has language, direction and ground",
  "@media": "the page as on a wide light screen, whose columns shrink by themselves",
  "Attribute selector": "a rule for one client's own attribute, which the others have not",
  "Chaining selectors": "a rule for one client’s own marks, which the others have not",
  "Child combinator": "a ground that dark mode leaves light, with dark text on it",
  "aria-label attribute": "the page without a name of its own for who listens",
  "color-scheme meta tag": "colours turned around by the client, which lint measures",
  "height property": "a picture as high as its attribute says",
  "word-break": "a word of ninety letters that is as wide as it is",
};
const files = (end) => readdirSync(folder).filter((name) => name.endsWith(end)).sort();
const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
let faults = 0;

for (const name of files(".mjml")) {
  const found = [];
  for (const compile of [mjml5, mjml4]) {
    try {
      found.push((await compile(read(name), { validationLevel: "strict", fonts: {} })).errors.length);
    } catch (error) {
      found.push(error.message.split("\n")[0]);
    }
  }
  faults += found.filter((one) => one !== 0).length;
  console.log(`${name}: mjml 5 ${found[0]}, mjml 4 ${found[1]} errors`);
}
for (const name of files(".html")) {
  const said = auditEmail(read(name));
  const scores = Object.values(said.compatibility.scores).map((one) => one.score);
  const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length;
  const outlook = said.compatibility.scores["outlook-windows"].score;
  const heard = said.accessibility.score;
  faults += Number(mean < 97) + Number(outlook < 85) + Number(heard < 95);
  console.log(`${name}: Emailens ${mean.toFixed(1)}, Outlook for Windows ${outlook}, accessibility ${heard}`);
}
const unknown = new Map();
for (const name of files(".html"))
  for (const [client, issues] of caniemail({ clients, html: read(name) }).issues.errors)
    for (const { title } of issues) unknown.set(title, (unknown.get(title) ?? new Set()).add(client));
for (const [title, without] of [...unknown].sort()) {
  faults += title in stands_without ? 0 : 1;
  console.log(`${title}: not in ${[...without].sort().join(", ")}; ${stands_without[title] ?? "THE LAYOUT MAY REST ON IT"}`);
}
console.log(`caniemail of ${rawData.last_update_date.slice(0, 10)}, ${rawData.data.length} features, ${clients.length} clients`);
process.exitCode = faults ? 1 : 0;
