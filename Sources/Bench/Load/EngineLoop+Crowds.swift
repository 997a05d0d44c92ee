import Reactor

extension EngineLoop {
    /// Does for a crowd what is due.
    mutating func tend(_ crowd: Int) {
        while crowds[crowd].toOpen > 0, crowds[crowd].opening < Crowd.openingMax { open(crowd) }
        if crowds[crowd].schedule != nil { sendDue(crowd) }
        if crowds[crowd].waiterNs != nil { answerWaiter(crowd, nowNs: Self.nowNs) }
    }

    /// Sets a crowd going.
    mutating func go(_ crowd: Int, _ pace: Pace, nowNs: UInt64) {
        crowds[crowd].go(pace, nowNs: nowNs)
        crowds[crowd].free = NumberRing()
        for index in 0..<clients.highWater where clients.contains(index) {
            guard clients[index].crowd == crowd, !clients[index].isNew, !clients[index].isBusy
            else { continue }
            proceed(index, nowNs: nowNs, isFirst: true)
        }
    }

    /// Closes all connections of a crowd and forgets it.
    mutating func close(_ crowd: Int) {
        for index in 0..<clients.highWater where clients.contains(index) {
            if clients[index].crowd == crowd { _ = clients.remove(index) }
        }
        _ = crowds.remove(crowd)
    }

    private mutating func open(_ crowd: Int) {
        crowds[crowd].toOpen -= 1
        var isPending = false
        do throws(SystemError) {
            guard !clients.isFull else { throw SystemError(.connect, code: 24) }
            let socket = try Socket.connecting(
                to: crowds[crowd].address, isPending: &isPending)
            let index = clients.insert(LoadConnection(socket, crowd: crowd))
            do throws(SystemError) {
                try register(index)
            } catch {
                _ = clients.remove(index)
                throw error
            }
            crowds[crowd].opening += 1
            crowds[crowd].report.open += 1
        } catch {
            crowds[crowd].report.fail("no connection: error \(error.code)")
        }
    }

    /// Sends what should have been sent by now, as far as there are connections for it.
    private mutating func sendDue(_ crowd: Int) {
        let now = Self.nowNs
        while let next = crowds[crowd].schedule?.nextNs, next <= now,
            let index = crowds[crowd].free.popFirst()
        {
            // It may have closed since, or another may have its place.
            guard clients.contains(index), clients[index].crowd == crowd,
                case .idle = clients[index].phase, let due = crowds[crowd].schedule?.take()
            else { continue }
            begin(index, dueNs: due)
        }
    }

    /// What a connection does that is free to do something.
    mutating func proceed(_ index: Int, nowNs: UInt64, isFirst: Bool) {
        let crowd = clients[index].crowd
        switch crowds[crowd].pace {
        case .still: return
        case .once: if isFirst { begin(index, dueNs: nowNs) }
        case .saturating: begin(index, dueNs: nowNs)
        case .rate:
            crowds[crowd].free.append(index)
            sendDue(crowd)
        }
    }

    /// Sends the next request or message.
    mutating func begin(_ index: Int, dueNs: UInt64) {
        let crowd = clients[index].crowd
        clients[index].dueNs = dueNs
        if clients[index].isTunnel {
            clients[index].phase = .body(crowds[crowd].plan.messageOctets)
            clients[index].unsent = crowds[crowd].message
        } else {
            guard let text = crowds[crowd].nextText() else { return }
            clients[index].phase = .head
            clients[index].unsent = text
        }
        crowds[crowd].report.waiting += 1
        if let broken = write(index) { lose(index, broken) }
    }

    /// Writes what is still unsent; what went wrong, or nil.
    mutating func write(_ index: Int) -> String? {
        let crowd = clients[index].crowd
        while !clients[index].unsent.isEmpty {
            let (start, end) = (clients[index].unsent.lowerBound, clients[index].unsent.upperBound)
            var nothing = Buffer()
            let transfer = clients[index].socket.send(
                &nothing, then: crowds[crowd].texts, at: start, count: end - start)
            switch transfer {
            case .moved(let octets): clients[index].unsent = (start + octets)..<end
            case .blocked: return nil
            case .ended: return "the connection ended under a request"
            case .failed(let code): return "the connection broke under a request: error \(code)"
            }
        }
        return nil
    }
}
