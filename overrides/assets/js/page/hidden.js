// What looks like patient data or a secret is kept nowhere, not in storage and not in an address. The rules are many: they are
// fetched with search, or before something else is kept.
const script = new URL("private.js", document.currentScript.src);
changebook.hiding = () => import(script);
