// What was dropped, as files: of a folder, those that lie in it; where it goes deep, those in its folders, too.
export async function dropped(event, deep = false) {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
  const plain = [...event.dataTransfer.files]; // both are read at once: they are gone after the event
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.map((entry, number) => (entry?.isDirectory ? inside(entry, deep) : [plain[number]])));
  return found.flat().filter(Boolean);
}

export function give(input, files) {
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  input.files = held.files;
}

async function inside(folder, deep) {
  const reader = folder.createReader();
  const found = [];
  for (;;) { // a hundred at a time, and none at the end
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) break;
    found.push(...some.filter((entry) => !/^(\.|~\$)/.test(entry.name) && (entry.isFile || deep)));
  }
  const read = found.map((entry) => (entry.isFile ? new Promise((done, failed) => entry.file(done, failed)) : inside(entry, deep)));
  return (await Promise.all(read)).flat();
}
