#if FUZZING

    import FuzzTargets

    /// The target that this process judges: its last argument, which libFuzzer is told to leave.
    private let target: FuzzTarget = {
        let name = CommandLine.arguments.last ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            fatalError("\(name) is no target: \(FuzzTarget.allCases.map(\.rawValue))")
        }
        return target
    }()

    /// What libFuzzer calls with every input.
    // SAFETY: libFuzzer owns the octets and leaves them alone until this returns; the span does not
    // leave the call. Null stands for no octets at all, which an empty buffer may have.
    @_cdecl("LLVMFuzzerTestOneInput")
    func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let buffer = unsafe UnsafeBufferPointer(start: start, count: count)
        let octets = unsafe buffer.span
        do throws(Broken) {
            try target.judge(octets)
        } catch {
            // Not a precondition, whose words an optimised build leaves out.
            fatalError("\(target.rawValue): \(error)")
        }
        return 0
    }

#endif
