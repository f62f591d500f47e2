// https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception
const { requireArguments } = require('./webidl');

/** Fires `error` at the global scope; the log hears of it unless a listener prevented that. */
function report(error) {
  const { ErrorEvent } = require('./event');
  const { dispatchEvent } = require('./global-events');
  const event = new ErrorEvent('error', { cancelable: true, error, message: messageOf(error) });
  if (dispatchEvent(event)) host.uncaught?.('Uncaught ', error);
}

function messageOf(error) {
  try {
    return `Uncaught ${error}`;
  } catch {
    return 'Uncaught error';
  }
}

function reportError(error) {
  requireArguments(arguments.length, 1, "Failed to execute 'reportError' on 'ServiceWorkerGlobalScope'", 'Value');
  report(error);
}

module.exports = { report, reportError };
