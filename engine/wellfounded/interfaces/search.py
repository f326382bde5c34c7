"""The one script of any page: it leaves of the page's bullets those that hold every word that is typed.

It asks for nothing and stores nothing; what bullets are found by stands in the page as data. The page's
policy names the script by its hash, so nothing else can run.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

SCRIPT = """
"use strict";
const plain = text => text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g, "");
const words = JSON.parse(document.getElementById("words").textContent);
const field = document.getElementById("search");
const query = document.getElementById("query");
const status = field.querySelector("[role=status]");
const bullets = [...document.querySelectorAll("main li")].map(bullet => {
  const link = bullet.querySelector("a");
  const more = link ? words[link.getAttribute("href")] : "";
  return [bullet, plain(bullet.textContent + " " + (more || ""))];
});
function search() {
  const wanted = plain(query.value).split(/\\s+/).filter(Boolean);
  let found = 0;
  for (const [bullet, text] of bullets) {
    bullet.hidden = !wanted.every(word => text.includes(word));
    found += bullet.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll("main section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  status.textContent = wanted.length ? status.dataset.found.replace("{count}", found) : "";
}
query.addEventListener("input", search);
field.hidden = false;
query.value = new URLSearchParams(location.search).get("q") || "";
search();
"""

SCRIPT_HASH = f"sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}"
