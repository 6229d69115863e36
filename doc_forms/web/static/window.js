// What every page may use; each part does nothing where a page has no use for it.
import { keepAnswers } from "./answers.js";
import { keepRows } from "./rows.js";
import { showArticles } from "./articles.js";
import { filterLists } from "./filter.js";
import { takeRosters } from "./batch.js";
import { keepPanel } from "./panel.js";
import { showPreviews } from "./preview.js";
import { chooseRows } from "./choose.js";
import { takeScans } from "./scans.js";
import { takePictures } from "./pictures.js";
import { fillRest } from "./rest.js";
import { spreadPastes } from "./paste.js";
import { sayWorking } from "./working.js";
import { focusCame } from "./focus.js";

keepAnswers();
keepRows();
showArticles();
filterLists();
takeRosters();
showPreviews();
keepPanel();
chooseRows();
takeScans();
takePictures();
fillRest();
spreadPastes();
sayWorking();
focusCame();
// Two clicks are one: a second number, a second row is not what anybody meant by them.
const MILLISECONDS_OF_TWO_CLICKS = 1500;
const sent = new Set();
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const pressed = event.submitter ?? event.target; // another button of the form is another wish
  if (sent.has(pressed)) return event.preventDefault();
  sent.add(pressed);
  setTimeout(() => sent.delete(pressed), MILLISECONDS_OF_TWO_CLICKS);
});
// A file that misses its box would otherwise be opened in place of the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
