// Put into a popup before its own scripts: takes the times at which its list was painted.
const seen = (found) =>
  new Promise((resolve) => {
    const observer = new MutationObserver((changes) => {
      if (!found(changes)) return;
      observer.disconnect();
      // What follows a frame's callbacks in a turn of its own comes after the frame was made.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      requestAnimationFrame(() => channel.port2.postMessage(0));
    });
    observer.observe(document, { childList: true, subtree: true });
  });

/** When the first rows were painted, in milliseconds since 1970. */
globalThis.listPainted = seen(() => document.querySelector(".row")).then((at) => performance.timeOrigin + at);
/** For the last key: how long after it the list was painted that answers it. */
globalThis.keyPainted = null;
addEventListener(
  "keydown",
  ({ timeStamp }) => {
    // Rows change in place, and others follow unseen: the heading above them changes with each answer.
    const isList = ({ target, addedNodes }) => ["main", "h2"].includes(target.localName) && addedNodes.length > 0;
    globalThis.keyPainted = seen((changes) => changes.some(isList)).then((at) => at - timeStamp);
  },
  { capture: true },
);
