// Keeps every answer as it is left (and a moment after the typing stops), one request after the other.
const QUIET_MILLISECONDS = 500;
const MOST_SIGNS_AFTER_LEAVING = 15000; // a browser lets 64 KB go out when its page has gone
const key = document.querySelector("meta[name=key]").content;
let looks = 0; // how often the findings were asked for; an older answer is thrown away

export function keepAnswers() {
  const form = document.querySelector("form[data-case]");
  if (!form) return;
  const timers = new Map();
  const kept = new Map();
  const waiting = new Set();
  let line = Promise.resolve();
  let pending = 0;
  let isGoing = false;
  let isLast = false;

  const controls = (name) => [...form.elements].filter((one) => one.name === name);
  const valueOf = (name) => {
    const [first] = controls(name).filter((one) => one.type !== "hidden");
    if (first.type === "checkbox") return controls(name).filter((one) => one.checked).map((one) => one.value);
    if (first.type === "radio") return controls(name).find((one) => one.checked)?.value ?? "";
    return first.value;
  };
  for (const one of form.elements) if (one.name.startsWith("f:")) kept.set(one.name, JSON.stringify(valueOf(one.name)));

  function keep(name) {
    clearTimeout(timers.get(name));
    timers.delete(name);
    const text = JSON.stringify(valueOf(name));
    if (kept.get(name) === text) return;
    kept.set(name, text);
    waiting.add(name);
    pending += 1;
    line = line.then(() => {
      waiting.delete(name);
      return send(form, name, valueOf(name));
    }).catch(() => {
      kept.delete(name);
      say("没有保存：程序已经关闭。刚填的内容还在本页，请重新打开程序后再填。", true);
    }).finally(() => {
      pending -= 1;
    });
  }

  form.addEventListener("input", (event) => {
    const { name } = event.target;
    if (!name?.startsWith("f:")) return;
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(() => keep(name), QUIET_MILLISECONDS));
    countSigns(event.target);
  });
  form.addEventListener("change", (event) => event.target.name?.startsWith("f:") && keep(event.target.name));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear]");
    if (!button) return;
    for (const one of controls(button.dataset.clear)) one.checked = false;
    keep(button.dataset.clear);
    button.hidden = true;
    controls(button.dataset.clear)[0].focus();
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") event.target.closest(".options").querySelector(".clear").hidden = false;
  });
  document.addEventListener("trouble", (event) => {
    line = line.then(() => say(event.detail, true)); // after what is still to be kept, which says so
  });
  // The form carries every answer. None may come to the program besides and later, when its row has moved.
  form.addEventListener("submit", (event) => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    if (isGoing && !isLast) return event.preventDefault();
    isGoing = true;
    if (!pending || isLast) return;
    event.preventDefault();
    line.then(() => {
      isLast = true;
      form.requestSubmit(event.submitter);
      isLast = false;
    });
  });
  // A link away from the page: whatever was typed last still goes out, and does not wait for its turn.
  addEventListener("pagehide", () => {
    if (isGoing) return;
    for (const name of new Set([...timers.keys(), ...waiting])) send(form, name, valueOf(name)).catch(() => {});
  });
}

async function send(form, name, value) {
  const path = name.slice(2);
  const rows = Object.fromEntries([...form.elements].filter((one) => one.name.startsWith("n:")).map((one) => [one.name, one.value]));
  const body = JSON.stringify({ name: path, value, rows });
  const answer = await fetch(`/case/${form.dataset.case}/field`, {
    method: "PATCH",
    keepalive: body.length < MOST_SIGNS_AFTER_LEAVING,
    headers: { "Content-Type": "application/json", "X-Doc-Forms-Key": key },
    body,
  });
  const told = await answer.json();
  if (!answer.ok) return say(told.gone, true);
  tell(path, told);
  say("已保存", false);
  lookAgain(form).catch(() => {}); // the page is left, or the program is gone, which the next answer says
}

function tell(path, { said, error, warning }) {
  const id = `f-${path.replaceAll("/", "-")}`;
  const line = document.getElementById(`${id}-said`);
  if (!line) return;
  line.textContent = error ? `✕ ${error}` : warning ? `▲ ${warning}` : said;
  line.className = `said${error ? " error" : warning ? " warning" : ""}`;
  const frame = document.getElementById(`${id}-frame`) ?? line.closest("td");
  frame.classList.toggle("wrong", Boolean(error));
  const control = document.getElementById(id);
  if (error) control?.setAttribute("aria-invalid", "true");
  else control?.removeAttribute("aria-invalid");
}

async function lookAgain(form) {
  const mine = ++looks;
  document.dispatchEvent(new CustomEvent("facts-kept"));
  const answer = await fetch(`/case/${form.dataset.case}/${form.dataset.step}/findings`);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== looks) return;
  for (const id of ["findings", "tally"]) document.getElementById(id)?.replaceChildren(...page.getElementById(id).childNodes);
  document.dispatchEvent(new Event("findings-shown"));
}

function countSigns(area) {
  if (area.dataset.count === undefined) return;
  const line = document.getElementById(`${area.id}-said`);
  if (line && !line.matches(".error, .warning")) line.textContent = `${[...area.value].length} 字`;
}

function say(text, trouble) {
  const place = document.getElementById("saved");
  place.textContent = text;
  place.classList.toggle("trouble", trouble);
}
