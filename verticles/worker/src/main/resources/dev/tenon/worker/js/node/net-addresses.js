// What of `node:net` needs no network. https://nodejs.org/api/net.html
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

function isIPv4(text) {
  return V4.test(`${text}`);
}

function isIPv6(given) {
  let text = `${given}`;
  const zone = text.indexOf('%');
  if (zone >= 0) {
    if (!/^[0-9a-zA-Z\-.:]+$/.test(text.slice(zone + 1))) return false;
    text = text.slice(0, zone);
  }
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let count = 0;
  for (let h = 0; h < halves.length; h++) {
    if (halves[h] === '') continue;
    const groups = halves[h].split(':');
    for (let i = 0; i < groups.length; i++) {
      const last = h === halves.length - 1 && i === groups.length - 1;
      if (last && groups[i].includes('.')) {
        if (!isIPv4(groups[i])) return false;
        count += 2;
      } else if (/^[0-9a-fA-F]{1,4}$/.test(groups[i])) {
        count++;
      } else {
        return false;
      }
    }
  }
  return halves.length === 2 ? count < 8 : count === 8 && text !== '';
}

function isIP(text) {
  return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}

module.exports = {
  isIP, isIPv4, isIPv6, getDefaultAutoSelectFamily: () => true, setDefaultAutoSelectFamily() {}, getDefaultAutoSelectFamilyAttemptTimeout: () => 250,
  setDefaultAutoSelectFamilyAttemptTimeout() {},
};
