import htmx from "htmx.org";

// It would begin a moment later by itself; who goes back in that moment would see the address change and not the page.
htmx.initialize();
