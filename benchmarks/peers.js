// The same work done by docxtemplater and easy-template-x.
//   node peers.js PEER render TEMPLATE DATA.json SECONDS   prints the milliseconds of one paper (median)
//   node peers.js PEER files TEMPLATE ROSTER.xlsx OUT      one file for each row, read with SheetJS; nothing is checked
const fs = require("fs");
const path = require("path");

function docxtemplater(template) {
  const PizZip = require("pizzip");
  const Docxtemplater = require("docxtemplater");
  return async (record) => {
    const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
    document.render(record);
    return document.toBuffer();
  };
}

function easyTemplateX(template) {
  const { TemplateHandler } = require("easy-template-x");
  const handler = new TemplateHandler();
  return (record) => handler.process(template, record);
}

async function render(fill, records, seconds) {
  for (const record of records.slice(0, 20)) await fill(record); // let the engine warm up
  const times = [];
  const end = performance.now() + seconds * 1000;
  for (let at = 0; performance.now() < end || at < 5; at++) {
    const start = performance.now();
    await fill(records[at % records.length]);
    times.push(performance.now() - start);
  }
  times.sort((one, other) => one - other);
  console.log(times[times.length >> 1]);
}

async function files(fill, records, out) {
  fs.mkdirSync(out, { recursive: true });
  for (const [at, record] of records.entries()) fs.writeFileSync(path.join(out, `${at}.docx`), await fill(record));
}

function read(data) {
  if (data.endsWith(".json")) return JSON.parse(fs.readFileSync(data, "utf8"));
  const XLSX = require("xlsx");
  const book = XLSX.read(fs.readFileSync(data));
  return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { raw: false, defval: "" });
}

async function main([peer, verb, template, data, last]) {
  const peers = { docxtemplater, "easy-template-x": easyTemplateX };
  const fill = peers[peer](fs.readFileSync(template));
  const records = read(data);
  await (verb === "render" ? render(fill, records, Number(last)) : files(fill, records, last));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
