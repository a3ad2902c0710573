// While an input method composes a letter (Chinese, Japanese, Korean, dead keys), its keys are its own: no shortcut hears them.
// Some browsers say so by 229 only.
changebook.composing = (event) => event.isComposing || event.keyCode === 229;
// Keys that press what has the focus, where the browser takes it for something else than a button.
changebook.presses = (event) => ["Enter", " "].includes(event.key) && !changebook.composing(event);
