/**
 * The browser's own keys, kept in IndexedDB as objects that cannot be exported: a script on this
 * page could use one, nothing can carry it away.
 */

const databaseName = "commonway";
const storeName = "keys";

function settled(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function store(mode) {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    const database = await settled(opening);
    return database.transaction(storeName, mode).objectStore(storeName);
}

/** A community's member: the same browser may belong to several. */
function name(origin, member) {
    return `${origin} ${member}`;
}

/**
 * The key of a member in this browser.
 *
 * @returns {Promise<{pair: CryptoKeyPair, line: string, request?: object}|undefined>} The pair, its
 *   OpenSSH line, and the enrolment that awaits the member's other key.
 */
export async function loadKey(origin, member) {
    if (!globalThis.indexedDB) return undefined;
    return settled((await store("readonly")).get(name(origin, member)));
}

/** Keeps a key, and asks the browser not to clear it when it needs room. */
export async function saveKey(origin, member, key) {
    await settled((await store("readwrite")).put(key, name(origin, member)));
    await navigator.storage?.persist?.();
}

/** Forgets a key for good. */
export async function forgetKey(origin, member) {
    await settled((await store("readwrite")).delete(name(origin, member)));
}
