/** The calls of docs/formats.md §8, with the session's cookie, and problem documents as errors. */

const base = "/api/v1";

/** What the council, or the way to it, answered instead of what was asked. */
export class Problem extends Error {
    /** @param {object} document An RFC 9457 problem document. */
    constructor(document) {
        super(document.detail ?? document.title ?? "the council answered with an error");
        this.title = document.title ?? "Error";
        this.status = document.status ?? 0;
        this.code = document.code ?? "unknown";
        this.next = document.next;
    }
}

async function answerOf(response) {
    if (response.ok) {
        const isJSON = response.headers.get("content-type")?.startsWith("application/json");
        return isJSON ? response.json() : response.text();
    }
    let document = {
        title: "The council's answer was not understood", status: response.status,
        detail: `HTTP status ${response.status}`,
    };
    if (response.headers.get("content-type")?.startsWith("application/problem+json")) {
        document = await response.json();
    }
    throw new Problem(document);
}

async function call(path, options) {
    let response;
    try {
        response = await fetch(base + path, { credentials: "same-origin", ...options });
    } catch (cause) {
        const problem = new Problem({
            title: "The council cannot be reached", code: "unreachable",
            detail: `No answer from ${location.host}: ${cause.message}`,
            next: "Routes already ratified stay in force meanwhile. Try again in a while.",
        });
        problem.cause = cause;
        throw problem;
    }
    return answerOf(response);
}

/** Reads. */
export function get(path) {
    return call(path, { headers: { Accept: "application/json" } });
}

/** Posts JSON. */
export function post(path, value) {
    return call(path, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(value),
    });
}

/** Deletes. */
export function remove(path) {
    return call(path, { method: "DELETE" });
}

/** What a call answers, or `fallback` when it answers with the status given. */
export async function unless(status, promise, fallback) {
    try {
        return await promise;
    } catch (error) {
        if (error instanceof Problem && error.status === status) return fallback;
        throw error;
    }
}

/** Every item of a list that is short by nature, page after page, at most `most`. */
export async function all(path, most = 1_000) {
    const items = [];
    let cursor = "";
    do {
        const separator = path.includes("?") ? "&" : "?";
        const page = await get(`${path}${separator}limit=100${cursor}`);
        items.push(...page.items);
        cursor = page.next === undefined ? "" : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor && items.length < most);
    return items;
}
