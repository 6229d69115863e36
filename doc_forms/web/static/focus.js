// Where somebody goes on who works by keyboard: at what came of the last step, and not at the top of a new page.
const KEPT = "focus";

// What is to have the focus on the next page, once it is there.
export function focusNext(id) {
  sessionStorage.setItem(KEPT, id);
}

export function focusCame() {
  addEventListener("submit", (event) => {
    const id = event.submitter?.dataset.next;
    if (id) focusNext(id);
  });
  const id = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  (document.querySelector("[data-focus]") ?? document.getElementById(id))?.focus();
}
