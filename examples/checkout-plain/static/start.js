// Starts the page, or says that it can't be started.
import('./checkout_plain.js').then((page) => page.default()).catch((error) => {
  document.querySelector('main').dataset.state = 'broken';
  console.error(error);
});
