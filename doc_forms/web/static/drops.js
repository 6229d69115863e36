// What was dropped, as files: of a folder, those that lie in it.
export async function dropped(event) {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
  const plain = [...event.dataTransfer.files]; // both are read at once: they are gone after the event
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.map((entry, number) => (entry?.isDirectory ? inside(entry) : [plain[number]])));
  return found.flat().filter(Boolean);
}

export function give(input, files) {
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  input.files = held.files;
}

async function inside(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) { // a hundred at a time, and none at the end
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) break;
    found.push(...some.filter((entry) => entry.isFile && !entry.name.startsWith(".")));
  }
  return Promise.all(found.map((entry) => new Promise((done, failed) => entry.file(done, failed))));
}
