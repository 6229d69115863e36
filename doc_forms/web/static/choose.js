// Ticks in a list: all at once, and buttons that say how many they are about.
export function chooseRows() {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  const form = all.form;
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const buttons = [...form.querySelectorAll("[data-chosen]")];
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
    for (const button of buttons) {
      button.textContent = chosen ? `${button.dataset.chosen} ${chosen} 份` : (button.dataset.none ?? button.dataset.chosen);
      button.disabled = !chosen && button.dataset.none === undefined;
    }
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  form.addEventListener("change", count);
  count();
}
