// Starts the page, or shows that it can't start.
import('./checkout_plain.js').then((page) => page.default()).catch((error) => {
  document.querySelector('main').dataset.state = 'broken';
  console.error(error);
});
