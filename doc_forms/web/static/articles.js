// The text of an article, one click away: beside the page, not instead of it.
export function showArticles() {
  const dialog = document.getElementById("article");
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-article]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const gist = page.getElementById("gist");
    if (!gist) return location.assign(link.href);
    dialog.querySelector(".body").replaceChildren(gist);
    dialog.showModal();
  });
}
