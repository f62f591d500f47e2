// The module `node:constants`: those of os, fs and crypto together. https://nodejs.org/api/os.html#os-constants
const { constants } = require('./node/os');

module.exports = { ...constants.dlopen, ...constants.errno, ...constants.priority, ...constants.signals, ...require('./node/fs-constants'), ...require('./node/crypto-constants') };
