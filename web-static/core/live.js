/** Tells when the log grew: by server-sent events, and by asking where these do not reach. */

import { get } from "./api.js";

const pollMilliseconds = 5_000;

/** Calls back at every publication; polls from the moment the stream breaks until it is back. */
export function follow(onGrowth) {
    let size = 0;
    let timer;
    const seen = (now) => {
        if (now === size) return;
        size = now;
        onGrowth();
    };
    const poll = async () => {
        try {
            seen((await get("/checkpoint")).size);
        } catch {
            // The page's own calls tell of an unreachable council; here the next round asks again.
        }
    };
    const startPolling = () => { timer ??= setInterval(poll, pollMilliseconds); };
    const stopPolling = () => { clearInterval(timer); timer = undefined; };

    if (!globalThis.EventSource) return startPolling();
    const open = () => {
        const events = new EventSource("/api/v1/events");
        events.addEventListener("log", (event) => seen(JSON.parse(event.data).size));
        events.onopen = () => { stopPolling(); poll(); };
        events.onerror = () => {
            startPolling();
            // A refusal (every stream taken) closes for good: ask again later.
            if (events.readyState === EventSource.CLOSED) setTimeout(open, 12 * pollMilliseconds);
        };
    };
    open();
}
