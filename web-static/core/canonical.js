/**
 * Canonical JSON as docs/formats.md §1 has it: what is signed or hashed is written here and
 * nowhere else. The mirror of Sources/CanonicalJSON.
 */

const visibleASCII = /^[\x20-\x7e]*$/;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Writes a value in its one canonical spelling.
 *
 * @param {*} value Objects, arrays, strings, booleans and integers within ±(2^53−1).
 * @returns {string} The text whose UTF-8 octets are signed.
 * @throws {TypeError} For null, undefined, fractions and whatever else the profile does not have:
 *   better no signature than one over something that others read differently.
 */
export function canonical(value) {
    switch (typeof value) {
    case "string":
        return writeString(value);
    case "boolean":
        return String(value);
    case "number":
        if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
            throw new TypeError(`not an integer within ±(2^53−1): ${value}`);
        }
        return String(value);
    case "object":
        if (value === null) throw new TypeError("null is not used; leave the member out");
        if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
        return writeObject(value);
    default:
        throw new TypeError(`no JSON value: ${typeof value}`);
    }
}

function writeObject(object) {
    const names = Object.keys(object);
    for (const name of names) {
        if (!visibleASCII.test(name)) throw new TypeError(`a member name is not ASCII: ${name}`);
    }
    // The default order compares UTF-16 units, which for ASCII is the order of octets.
    const members = names.sort().map((name) => `${writeString(name)}:${canonical(object[name])}`);
    return `{${members.join(",")}}`;
}

function writeString(text) {
    if (loneSurrogate.test(text)) throw new TypeError("half of a surrogate pair in a string");
    // RFC 8785 §3.2.2.2 takes its escapes from ECMAScript's JSON.stringify.
    return JSON.stringify(text);
}
