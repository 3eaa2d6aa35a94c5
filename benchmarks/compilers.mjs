// What npm's juice, MJML 5 and MJML 4 make of the documents in a JSON file. Usage: node compilers.mjs FILE
import { readFileSync } from "node:fs";
import juice from "juice";
import mjml5 from "mjml";
import mjml4 from "mjml4";

const { letters, designs, rounds } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const told = ({ html, errors }) => (errors.length ? `refused: ${errors[0].message}` : html);
const tools = {
  juice: [letters, async (html) => juice(html)],
  "mjml 5": [designs, async (source) => told(await mjml5(source, { validationLevel: "soft", fonts: {} }))],
  "mjml 4": [designs, async (source) => told(await mjml4(source, { validationLevel: "soft", fonts: {} }))],
};
const answers = {};
for (const [name, [documents, made]] of Object.entries(tools)) {
  const found = [];
  for (const one of documents) found.push(await made(one).catch((error) => `refused: ${error.message}`));
  const begun = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) await made(documents.at(-1));
  const { user, system } = process.cpuUsage(begun);
  answers[name] = { found, ms: (user + system) / 1000 / rounds };
}
console.log(JSON.stringify(answers));
