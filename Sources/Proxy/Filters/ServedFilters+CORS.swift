internal import HTTP1
internal import Reactor

/// What answers say of origins (the Fetch standard's CORS protocol).
extension ServedFilters {
    /// Writes the lines that every answer to a request carries, a preflight's too.
    func writeOrigin(
        _ head: inout RequestHead, in input: borrowing Buffer, policy: Int,
        into output: inout Buffer
    ) {
        let octets = input.span
        if !policies[policy].answersAlike { output.append("Vary: Origin\r\n") }
        guard let origin = head.onlyValue(of: FieldName.origin, in: octets),
            allows(octets.extracting(origin), policy: policy)
        else { return }
        output.append("Access-Control-Allow-Origin: ")
        if policies[policy].answersAlike {
            output.append("*")
        } else {
            output.append(octets.extracting(origin))
        }
        output.append("\r\n")
        if policies[policy].credentials {
            output.append("Access-Control-Allow-Credentials: true\r\n")
        }
        if !head.isPreflight(in: input) { output.append(texts.span(policies[policy].exposed)) }
    }

    /// Writes the further lines of a preflight's answer.
    func writePreflight(
        _ head: inout RequestHead, in input: borrowing Buffer, policy: Int,
        into output: inout Buffer
    ) {
        let octets = input.span
        guard let origin = head.onlyValue(of: FieldName.origin, in: octets),
            allows(octets.extracting(origin), policy: policy)
        else { return }
        output.append(texts.span(policies[policy].preflight))
        if policies[policy].echoesMethod {
            echo(FieldName.requestMethod, as: "Access-Control-Allow-Methods: ")
        }
        if policies[policy].echoesHeaders {
            echo(FieldName.requestHeaders, as: "Access-Control-Allow-Headers: ")
        }

        func echo(_ name: [UInt8], as line: StaticString) {
            guard let value = head.onlyValue(of: name, in: octets) else { return }
            output.append(line)
            output.append(octets.extracting(value))
            output.append("\r\n")
        }
    }

    private func allows(_ origin: Span<UInt8>, policy: Int) -> Bool {
        if policies[policy].allowsAll { return true }
        for place in policies[policy].origins {
            let start = texts.span(origins[place].start)
            let ending = texts.span(origins[place].ending)
            if ending.isEmpty {
                if equal(origin, start) { return true }
            } else if origin.count > start.count + ending.count,
                equal(origin.extracting(first: start.count), start),
                equal(origin.extracting(last: ending.count), ending),
                isLabels(origin.extracting(start.count..<(origin.count - ending.count)))
            {
                return true
            }
        }
        return false
    }

    private func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        if left.count != right.count { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }

    /// Whether octets are the labels of a host name, as browsers write them.
    private func isLabels(_ octets: Span<UInt8>) -> Bool {
        var previous = UInt8(ascii: ".")
        for index in 0..<octets.count {
            let octet = octets[index]
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                break
            case UInt8(ascii: "-") where previous != UInt8(ascii: "."): break
            case UInt8(ascii: ".")
            where previous != UInt8(ascii: ".") && previous != UInt8(ascii: "-"):
                break
            default: return false
            }
            previous = octet
        }
        return previous != UInt8(ascii: ".") && previous != UInt8(ascii: "-")
    }
}
