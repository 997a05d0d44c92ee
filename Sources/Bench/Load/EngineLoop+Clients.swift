import Reactor

extension EngineLoop {
    /// Goes on with a connection of a crowd to which something happened.
    mutating func advance(_ index: Int, _ readiness: Readiness) {
        if case .connecting = clients[index].phase {
            let code = clients[index].socket.pendingError
            if code != 0 { return lose(index, "no connection: error \(code)") }
            guard readiness.isWritable else { return }
            clients[index].phase = .idle
            begin(index, dueNs: Self.nowNs)
            return
        }
        if !clients[index].unsent.isEmpty, let broken = write(index) {
            return lose(index, broken)
        }
        if let broken = read(index, untilEnd: readiness.isPeerEnded) { lose(index, broken) }
    }

    /// Reads what came; why the connection is over, or nil.
    private mutating func read(_ index: Int, untilEnd: Bool) -> String? {
        let crowd = clients[index].crowd
        let generation = clients.generation(of: index)
        while true {
            loop.buffers.attachSmall(&clients[index].input)
            if clients[index].expectsMuch { loop.buffers.grow(&clients[index].input) }
            switch clients[index].receive() {
            case .moved(let octets):
                crowds[crowd].report.octets += octets
                let isDry = clients[index].input.room > 0 && !untilEnd
                if let broken = digest(index) { return broken }
                // The next request may have broken the connection already.
                guard clients.contains(index, generation: generation) else { return nil }
                loop.buffers.detachIfEmpty(&clients[index].input)
                if isDry { return nil }
            case .blocked:
                loop.buffers.detachIfEmpty(&clients[index].input)
                return nil
            case .ended: return "the connection ended"
            case .failed(let code): return "the connection broke: error \(code)"
            }
        }
    }

    private mutating func digest(_ index: Int) -> String? {
        let crowd = clients[index].crowd
        switch clients[index].digest(status: crowds[crowd].plan.status) {
        case .more: return nil
        case .wrong(let how): return how
        case .whole: finish(index)
        }
        return nil
    }

    /// Counts an answer and lets the connection go on.
    private mutating func finish(_ index: Int) {
        let crowd = clients[index].crowd
        let now = Self.nowNs
        clients[index].phase = .idle
        crowds[crowd].report.waiting -= 1
        crowds[crowd].report.answered += 1
        let due = clients[index].dueNs
        crowds[crowd].report.latencies.record(nanoseconds: now > due ? now - due : 0)
        let isFirst = clients[index].isNew
        if isFirst {
            clients[index].isNew = false
            crowds[crowd].opening -= 1
        }
        if clients[index].closes, !clients[index].isTunnel {
            remove(index)
            crowds[crowd].toOpen += 1
        } else {
            // The first exchange of a connection is not the one that `once` asks for.
            proceed(index, nowNs: now, isFirst: false)
        }
    }

    /// Gives a connection up. A request that it had failed with it; one that was merely kept may
    /// be closed by its server, and is made again. A tunnel is not: its end is a loss to report.
    mutating func lose(_ index: Int, _ how: String) {
        let crowd = clients[index].crowd
        let (isBusy, isNew) = (clients[index].isBusy, clients[index].isNew)
        if isBusy { crowds[crowd].report.waiting -= 1 }
        if isBusy || isNew { crowds[crowd].report.fail(how) }
        if isNew { crowds[crowd].opening -= 1 }
        remove(index)
        // One that never worked would not work again either.
        if !isNew, crowds[crowd].plan.messageOctets == 0 { crowds[crowd].toOpen += 1 }
    }

    private mutating func remove(_ index: Int) {
        let crowd = clients[index].crowd
        loop.buffers.detach(&clients[index].input)
        _ = clients.remove(index)
        crowds[crowd].report.open -= 1
    }
}
