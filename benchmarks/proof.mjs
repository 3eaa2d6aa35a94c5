// Asks npm's MJML, strictly, of the MJML in between, and Emailens of the HTML. Usage: node proof.mjs FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { auditEmail } from "@emailens/engine";
import mjml5 from "mjml";
import mjml4 from "mjml4";

const folder = process.argv[2];
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
process.exitCode = faults ? 1 : 0;
