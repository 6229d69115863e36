// A photo goes to the program as soon as it is chosen; the page then shows it as it is kept.
const key = document.querySelector("meta[name=key]").content;

export function takePictures() {
  for (const box of document.querySelectorAll("[data-picture]")) {
    const input = box.querySelector("input[type=file]");
    input.addEventListener("change", () => input.files.length && send(box, input.files[0]));
    box.querySelector("button")?.addEventListener("click", () => send(box));
  }
}

async function send(box, file) {
  const body = new FormData();
  body.append("name", box.dataset.picture);
  if (file) body.append("picture", file);
  const form = box.closest("form");
  for (const one of form.elements) if (one.name.startsWith("n:")) body.append(one.name, one.value);
  const address = `/case/${form.dataset.case}/picture`;
  let trouble = "没有保存：程序已经关闭，请重新打开程序后再选。";
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-Doc-Forms-Key": key }, body });
    trouble = (await answer.json()).error;
  } catch {} // said below
  if (!trouble) return location.reload();
  const line = document.getElementById(`${box.querySelector("input").id}-said`);
  line.textContent = `✕ ${trouble}`;
  line.className = "said error";
}
