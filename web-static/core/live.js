/** Tells when the log grew: by server-sent events, and by asking where these do not reach. */

import { get } from "./api.js";

const pollMilliseconds = 5_000;
const retryMilliseconds = 60_000;

/**
 * Calls back at every publication; polls from the moment the stream breaks until it is back.
 *
 * @param {number|undefined} sizeShown The log's size when the page was filled.
 *
 * A page that nobody sees lets go of its stream: browsers allow six connections to one address,
 * and a seventh tab would wait for ever.
 */
export function follow(sizeShown, onGrowth) {
    let size = sizeShown;
    let events;
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
    const stop = () => {
        events?.close();
        events = undefined;
        stopPolling();
    };
    const start = () => {
        if (events || document.hidden) return;
        if (!globalThis.EventSource) {
            startPolling();
            return;
        }
        events = new EventSource("/api/v1/events?only=log");
        events.addEventListener("log", (event) => seen(JSON.parse(event.data).size));
        events.onopen = () => {
            stopPolling();
            // What came while nobody listened.
            poll();
        };
        events.onerror = () => {
            startPolling();
            if (events?.readyState !== EventSource.CLOSED) return;
            // Refused, every stream is taken: polling goes on, and later it is asked for again.
            events = undefined;
            setTimeout(start, retryMilliseconds);
        };
    };
    document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
    start();
}
