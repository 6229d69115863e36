// Files dropped on a box are taken, and where the box is all there is to fill in, sent at once; work that runs says how far it is.
import { dropped, give } from "./drops.js";
import { focusNext } from "./focus.js";

const MILLISECONDS = 400;
const MILLISECONDS_BETWEEN_WORDS = 5000;
let spoken = 0;
const MOST_FILES = 2000, MOST_MEGABYTES = 500; // of one sending: the program takes no more, and would only break off
const NAMED = 5;

export function takeRosters() {
  for (const box of document.querySelectorAll("[data-drop]")) takeDrops(box);
  const work = document.querySelector("[data-state]");
  if (work) follow(work);
}

function takeDrops(box) {
  const input = box.querySelector("input[type=file]");
  const say = (text) => {
    box.querySelector("[data-names]").textContent = text || "还没有选择";
  };
  const take = (files, isSent) => {
    const trouble = tooMuch(files);
    if (trouble) {
      input.value = "";
      return say(trouble);
    }
    const names = files.slice(0, NAMED).map((file) => file.name).join("、");
    say(files.length > NAMED ? `${names}等 ${files.length} 个文件` : names);
    if (!isSent || !files.length) return;
    focusNext("photos-told");
    box.requestSubmit();
  };
  input.addEventListener("change", () => take([...input.files], "atOnce" in input.dataset));
  for (const name of ["dragenter", "dragover"]) box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const files = await dropped(event, box.dataset.drop === "deep");
    if (!files.length) return say("拖进来的文件夹里没有文件");
    if (files.length > 1 && !input.multiple) return say(`拖进来 ${files.length} 个文件，这里一次只收一个`);
    if (!tooMuch(files)) give(input, files);
    take(files, box.matches("form"));
  });
}

function tooMuch(files) {
  const megabytes = Math.ceil(files.reduce((sum, file) => sum + file.size, 0) / 2 ** 20);
  if (files.length > MOST_FILES) return `一次最多 ${MOST_FILES} 个文件，这次是 ${files.length} 个；请分几次，或打成 .zip`;
  return megabytes > MOST_MEGABYTES ? `一次最多 ${MOST_MEGABYTES} MB，这次是 ${megabytes} MB；请分几次` : "";
}

async function follow(work) {
  const answer = await fetch(work.dataset.state);
  const { line, done, total, running } = await answer.json();
  if (!running) {
    focusNext("came");
    return location.reload();
  }
  work.querySelector(".line").textContent = line;
  if (Date.now() - spoken > MILLISECONDS_BETWEEN_WORDS) {
    work.querySelector("[role=status]").textContent = line; // read aloud now and then, not with every number
    spoken = Date.now();
  }
  const bar = work.querySelector("progress");
  if (total) Object.assign(bar, { max: total, value: done });
  else bar.removeAttribute("value"); // how much it is in all is not known
  setTimeout(() => follow(work), MILLISECONDS);
}
