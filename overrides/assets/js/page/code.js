// Code that is wider than the page is scrolled by keyboard, too.
for (const code of document.querySelectorAll("pre > code")) code.tabIndex = 0;
