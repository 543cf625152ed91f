// The colours that somebody chose, before the page is drawn. All pages run this first.

try {
  const chosen = localStorage.getItem('tidings.theme');
  if (chosen) {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Without storage the system decides.
}
