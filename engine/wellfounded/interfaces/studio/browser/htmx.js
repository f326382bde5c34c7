import htmx from "htmx.org";

// It would begin a moment later by itself; who goes back in that moment would see the address change and not the page.
htmx.initialize();

// Where nobody answers, nothing in the page would change, and who pressed a button would wait for ever.
const lost = isLost => () => (document.getElementById("lost").hidden = !isLost);
document.addEventListener("htmx:before:request", lost(false));
document.addEventListener("htmx:error", lost(true));
