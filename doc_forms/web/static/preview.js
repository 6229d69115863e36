// Papers as pictures: beside the form they follow what is typed, beside the list what is chosen.
const MILLISECONDS_BEFORE_SAYING = 400;
let turn = 0; // the last question asked; older answers are thrown away

export function showPreviews() {
  const place = document.getElementById("preview");
  document.addEventListener("click", (event) => {
    const picture = event.target.closest("[data-enlarge]")?.querySelector("img");
    if (picture) enlarge(picture);
  });
  if (!place) return;
  if (place.dataset.preview) besideForm(place);
  else besideList(place);
}

function besideForm(place) {
  let wanted = "";
  let isStale = true;
  const panel = document.getElementById("panel");
  let isShown = !place.hidden && document.getElementById("fold").getAttribute("aria-expanded") === "true";
  const look = async () => {
    isStale = false;
    await load(place, `${place.dataset.preview}${wanted && `&paper=${wanted}`}`);
  };
  panel.addEventListener("panel-shown", (event) => {
    isShown = event.detail === "preview";
    if (isShown && isStale) look();
  });
  document.addEventListener("facts-kept", () => {
    isStale = true;
    if (isShown) look();
  });
  place.addEventListener("change", (event) => {
    if (!event.target.matches("[data-choice]")) return;
    wanted = event.target.value;
    look();
  });
  if (isShown) look();
}

function besideList(place) {
  const rows = [...document.querySelectorAll("[data-paper]")];
  const tab = document.getElementById("tab-preview");
  async function choose(row) {
    for (const one of rows) one.toggleAttribute("data-current", one === row);
    await load(place, row.querySelector("[data-sheet]").href);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (document.getElementById("fold").getAttribute("aria-expanded") === "false") tab.click();
    choose(link.closest("tr"));
  });
  const isShown = document.getElementById("fold").getAttribute("aria-expanded") === "true";
  const ofStep = document.getElementById(location.hash.slice(1))?.nextElementSibling;
  if (rows.length && isShown) choose(rows.find((row) => row === ofStep) ?? rows[0]);
  else place.replaceChildren(said("点左边一份文书，这里就显示它印出来的样子。"));
}

async function load(place, address) {
  const mine = ++turn;
  place.setAttribute("aria-busy", "true");
  const waiting = setTimeout(() => {
    if (!place.querySelector("img")) place.replaceChildren(said("正在排版……"));
  }, MILLISECONDS_BEFORE_SAYING);
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const sheet = page.getElementById("sheet");
    // The new pictures are there before the old ones go: nothing flickers, nothing jumps.
    await Promise.all([...(sheet?.querySelectorAll("img") ?? [])].map((picture) => fetched(picture.getAttribute("src"))));
    if (mine !== turn) return;
    const top = place.parentElement.scrollTop;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.replaceChildren(...(sheet ? sheet.childNodes : whyNot(page, address)));
    place.parentElement.scrollTop = top;
    if (focused) document.getElementById(focused)?.focus();
  } catch {
    if (mine === turn) place.replaceChildren(said("预览没有做出来：程序可能已经关闭。"));
  } finally {
    clearTimeout(waiting);
    if (mine === turn) place.removeAttribute("aria-busy");
  }
}

// What the program says instead of a paper: that it is gone, since the case was changed elsewhere, or what went wrong.
function whyNot(page, address) {
  const line = said(page.querySelector(".summary li, .summary p")?.textContent ?? "预览没有做出来。");
  const list = address.match(/.*\/papers(?=\/)/)?.[0];
  if (list) line.append("。", Object.assign(document.createElement("a"), { href: list, textContent: "看现在的文书" }));
  return [line];
}

function fetched(address) {
  return new Promise((done) => {
    const picture = new Image();
    picture.onload = picture.onerror = done;
    picture.src = address;
  });
}

function enlarge(picture) {
  const dialog = document.getElementById("enlarged");
  const large = picture.cloneNode();
  dialog.querySelector(".body").replaceChildren(large);
  dialog.showModal();
}

function said(text) {
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = text;
  return line;
}
