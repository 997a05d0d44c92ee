internal import CLinux
internal import Synchronization

/// Counts connections for the whole process and for one client address, over all loops, without a
/// lock and in fixed memory.
///
/// Addresses are counted in a few rows of a table, each row by another hash (a count-min sketch).
/// An address's count is the least of its places, so it is never below the truth, and above it
/// only where other addresses share its place in every row. An IPv6 client commands a whole /64,
/// so that is what is counted as one address.
@safe package final class ConnectionLimiter: Sendable {
    /// Whether a connection may be served.
    package enum Verdict: Sendable {
        case admitted
        /// The process has as many as it may; it can wait in the kernel's queue.
        case processFull
        /// The address has as many as it may; it must be told.
        case addressFull
    }

    /// Hashes of one address.
    private static let rows = 4
    /// Places of a row: 262,144 counts of 4 octets in all, 1 MiB.
    private static let places = 1 << 16

    private let processMax: Int
    private let addressMax: Int
    private let seed: UInt64
    private let open = Atomic<Int>(0)

    // SAFETY: rows × places atomics, initialised in `init` and freed in `deinit`; the pointer
    // never changes, and what it leads to is atomic.
    private nonisolated(unsafe) let counts: UnsafeMutablePointer<Atomic<Int32>>

    /// - Parameters:
    ///   - processMax: connections of the process, 1 or more.
    ///   - addressMax: connections of one address, 1 or more; `.max` for no limit.
    ///   - seed: unpredictable, so that nobody can choose addresses that share their places.
    package init(processMax: Int, addressMax: Int, seed: UInt64) {
        self.processMax = max(1, processMax)
        self.addressMax = max(1, addressMax)
        self.seed = seed
        // SAFETY: owned by this object and freed in `deinit`.
        unsafe counts = .allocate(capacity: Self.rows * Self.places)
        for index in 0..<(Self.rows * Self.places) {
            unsafe (counts + index).initialize(to: Atomic(0))
        }
    }

    deinit {
        // SAFETY: all places were initialised; nobody names them any more.
        unsafe counts.deinitialize(count: Self.rows * Self.places)
        unsafe counts.deallocate()
    }

    /// Connections that are counted now.
    package var openCount: Int { open.load(ordering: .relaxed) }

    /// Whether the process has as many connections as it may.
    package var isFull: Bool { openCount >= processMax }

    /// Counts a connection, if it may be served. Whoever was admitted must `leave`.
    ///
    /// - Parameter network: the peer's `SocketAddress.networkKey`.
    package func admit(_ network: UInt64) -> Verdict {
        if open.add(1, ordering: .relaxed).newValue > processMax {
            open.subtract(1, ordering: .relaxed)
            return .processFull
        }
        if change(network, by: 1) > addressMax {
            _ = change(network, by: -1)
            open.subtract(1, ordering: .relaxed)
            return .addressFull
        }
        return .admitted
    }

    /// A connection that was admitted has ended.
    package func leave(_ network: UInt64) {
        _ = change(network, by: -1)
        open.subtract(1, ordering: .relaxed)
    }

    /// Changes an address's counts.
    ///
    /// - Returns: the least of them; 0 for an address that is not counted.
    private func change(_ key: UInt64, by amount: Int32) -> Int {
        // A Unix-domain peer is on this machine and has no address of its own.
        if addressMax == .max || key == 0 { return 0 }
        var least = Int32.max
        var mixed = key ^ seed
        for row in 0..<Self.rows {
            mixed = Self.mix(mixed &+ UInt64(row &+ 1))
            let place = row * Self.places + Int(mixed & UInt64(Self.places - 1))
            // SAFETY: row and place are below their counts.
            let count = unsafe counts[place].add(amount, ordering: .relaxed).newValue
            least = min(least, count)
        }
        return Int(least)
    }

    /// Spreads a key over 64 bits (the finaliser of SplitMix64).
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SocketAddress {
    /// Names the IPv4 address or the IPv6 /64; 0 for a Unix-domain address.
    package var networkKey: UInt64 {
        // SAFETY: the pointer is valid for the length of the call.
        unsafe withUnsafePointer(to: raw) { pointer in
            unsafe clinux_address_network(pointer)
        }
    }
}
