/**
 * Ed25519 signatures in OpenSSH's SSHSIG form (PROTOCOL.sshsig), made by WebCrypto, so that
 * `ssh-keygen -Y verify` checks what a browser signed.
 */

import { base64, concat, fromBase64, sha256, utf8 } from "./octets.js";

const keyType = "ssh-ed25519";

/** A length of four octets, big-endian, and the octets: RFC 4251 §5's `string`. */
function sshString(octets) {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, octets.length);
    return concat(length, octets);
}

/** The public key blob of 32 raw octets. */
function keyBlob(raw) {
    return concat(sshString(utf8(keyType)), sshString(raw));
}

/** Whether this browser and address can sign: WebCrypto needs https or localhost. */
export async function canSign() {
    if (!globalThis.crypto?.subtle) return false;
    try {
        await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
        return true;
    } catch {
        // An older browser answers NotSupportedError: the caller shows the command line instead.
        return false;
    }
}

/** A new key pair whose private half never leaves the browser. */
export async function makeKeyPair() {
    return crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
}

/** The key as OpenSSH writes it, without comment: `ssh-ed25519 AAAA…`. */
export async function publicKeyLine(publicKey) {
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
    return `${keyType} ${base64(keyBlob(raw))}`;
}

/** The fingerprint as `ssh-keygen -l` prints it: `SHA256:…`. */
export async function fingerprint(line) {
    const blob = fromBase64(line.split(" ")[1]);
    return `SHA256:${base64(await sha256(blob)).replace(/=+$/, "")}`;
}

/**
 * Signs octets.
 *
 * @param {CryptoKeyPair} pair The key.
 * @param {string} namespace What kind of statement it is, such as `ballot@commonway`.
 * @param {Uint8Array} message The canonical octets of the statement.
 * @returns {Promise<string>} The base64 of the SSHSIG blob, as the API takes it.
 */
export async function sign(pair, namespace, message) {
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", message));
    const scope = concat(
        sshString(utf8(namespace)), sshString(utf8("")), sshString(utf8("sha512")));
    const signed = concat(utf8("SSHSIG"), scope, sshString(hash));
    const signature = new Uint8Array(
        await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, signed));
    const version = Uint8Array.of(0, 0, 0, 1);
    const body = concat(sshString(utf8(keyType)), sshString(signature));
    return base64(
        concat(utf8("SSHSIG"), version, sshString(keyBlob(raw)), scope, sshString(body)));
}
