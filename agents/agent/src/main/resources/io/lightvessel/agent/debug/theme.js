// Before anything is painted, so that nobody is dazzled.
(function () {
  try {
    const theme = localStorage.getItem('lightvessel-theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage may be forbidden; then the system decides.
  }
})();
