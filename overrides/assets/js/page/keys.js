// While an input method composes a letter (Chinese, Japanese, Korean, dead keys), its keys are its own: no shortcut hears them.
// Some browsers say so by 229 only.
changebook.composing = (event) => event.isComposing || event.keyCode === 229;
