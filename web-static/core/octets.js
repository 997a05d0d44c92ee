/** Octets and their spellings: base64 (RFC 4648 §4), hexadecimal, UTF-8, SHA-256. */

import { canonical } from "./canonical.js";

/** The UTF-8 octets of a text. */
export function utf8(text) {
    return new TextEncoder().encode(text);
}

/** Base64 with padding. */
export function base64(octets) {
    let binary = "";
    for (const octet of octets) binary += String.fromCharCode(octet);
    return btoa(binary);
}

/** The octets of a base64 text; throws when it is none. */
export function fromBase64(text) {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Lower-case hexadecimal digits. */
export function hex(octets) {
    return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** The octets of hexadecimal digits. */
export function fromHex(text) {
    const pairs = text.match(/../g) ?? [];
    return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

/** Joins octets. */
export function concat(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let place = 0;
    for (const part of parts) {
        whole.set(part, place);
        place += part.length;
    }
    return whole;
}

/** Random lower-case hexadecimal digits, two for each octet. */
export function randomHex(octetCount) {
    return hex(crypto.getRandomValues(new Uint8Array(octetCount)));
}

/** SHA-256 of octets, as octets. */
export async function sha256(octets) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
}

/** The digest of a value's canonical octets, as docs/formats.md §1 writes digests. */
export async function digest(value) {
    return hex(await sha256(utf8(canonical(value))));
}

/** A text outside the log with its salt and the digest that stands in the log (§1, `text`). */
export async function saltedText(text) {
    const salt = randomHex(32);
    const whole = concat(utf8("commonway text"), fromHex(salt), utf8(text));
    return { text, salt, digest: hex(await sha256(whole)) };
}
