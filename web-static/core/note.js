/** Signed notes (C2SP signed-note): the council's acknowledgement is checked before it is shown. */

import { base64, concat, fromBase64, fromHex, hex, sha256, utf8 } from "./octets.js";

const typeEd25519 = 1;

/** Splits a verifier key `name+hash+base64` at its first two `+`. */
function parseVerifierKey(text) {
    const first = text.indexOf("+");
    const second = text.indexOf("+", first + 1);
    if (first < 1 || second < 0) throw new Error("the community card's key is malformed");
    const key = fromBase64(text.slice(second + 1));
    if (key[0] !== typeEd25519 || key.length !== 33) {
        throw new Error("the community card's key is not Ed25519");
    }
    return { name: text.slice(0, first), hash: text.slice(first + 1, second), raw: key.slice(1) };
}

/**
 * Checks a note against one verifier key.
 *
 * @returns {Promise<string>} The note's text, with its final newline.
 * @throws {Error} Saying what does not fit.
 */
export async function verifyNote(note, verifierKey) {
    const key = parseVerifierKey(verifierKey);
    const typed = concat(Uint8Array.of(typeEd25519), key.raw);
    const expected = await sha256(concat(utf8(`${key.name}\n`), typed));
    if (hex(expected.slice(0, 4)) !== key.hash) throw new Error("the key's hash does not fit it");
    const end = note.lastIndexOf("\n\n");
    if (end < 0) throw new Error("the note has no signature");
    const text = note.slice(0, end + 1);
    const prefix = `— ${key.name} `;
    for (const line of note.slice(end + 2).split("\n")) {
        if (!line.startsWith(prefix)) continue;
        const signature = fromBase64(line.slice(prefix.length));
        if (hex(signature.slice(0, 4)) !== key.hash) continue;
        const imported = await crypto.subtle.importKey(
            "raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
        const good = await crypto.subtle.verify(
            { name: "Ed25519" }, imported, signature.slice(4), utf8(text));
        if (!good) throw new Error("the log's signature on the note is wrong");
        return text;
    }
    throw new Error("the note is not signed by the log's key");
}

/**
 * Checks that an acknowledgement (docs/formats.md §7) is the log's promise for this statement.
 *
 * @param {string} hash The statement's hash, hexadecimal.
 * @throws {Error} Saying what does not fit.
 */
export async function verifyAcknowledgement(note, card, hash) {
    const text = await verifyNote(note, card.key);
    const [format, origin, statement] = text.split("\n");
    if (format !== "commonway-ack/v1") throw new Error("the note is no acknowledgement");
    if (origin !== card.origin) throw new Error(`the acknowledgement is of another log: ${origin}`);
    if (statement !== base64(fromHex(hash))) {
        throw new Error("the acknowledgement is for another statement");
    }
}
