// Which objects of the web APIs can be cloned or transferred. An interface's own file registers it, so that what was never loaded is never asked.
const { ArrayPrototypePush } = primordials;

const serializable = [];
const transferable = [];

/**
 * @param is whether a value is one, by its brand
 * @param copy (value, clone) → the clone; `clone` clones what lies inside
 */
function registerSerializable(is, copy) {
  ArrayPrototypePush(serializable, { is, copy });
}

/** @param move (value) → what stands for it on the other side; the value is of no use afterwards. Throws a DataCloneError if it cannot be moved. */
function registerTransferable(is, move) {
  ArrayPrototypePush(transferable, { is, move });
}

function find(list, value) {
  for (let i = 0; i < list.length; i++) if (list[i].is(value)) return list[i];
  return undefined;
}

module.exports = {
  registerSerializable, registerTransferable,
  serializableOf: (value) => find(serializable, value),
  transferableOf: (value) => find(transferable, value),
};
