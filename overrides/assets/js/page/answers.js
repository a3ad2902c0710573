// An answer's own address opens it.
const openAnswer = () => { const d = document.getElementById(location.hash.slice(1)); if (d?.tagName === "DETAILS") d.open = true; };
addEventListener("hashchange", openAnswer); openAnswer();
