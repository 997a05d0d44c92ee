import Council
import Foundation
import Routing
import ServiceLifecycle

/// Hands the operator's orders to the council, one after the other.
struct OrderService: Service {
    let council: Council
    let box: OrderBox

    /// How soon an order is noticed.
    private static let pause = Duration.milliseconds(500)

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            for name in box.waiting() { try await carryOut(name) }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func carryOut(_ name: String) async throws {
        let order: OperatorOrder
        do {
            order = try box.order(name)
        } catch {
            return try box.settle(name, .refused(error.what))
        }
        let isRefusal = order.reason != nil
        let index = try await council.take(order)
        try box.settle(
            name,
            index.map(OrderBox.Answer.entry)
                ?? .refused(
                    "\(order.subject.text) is "
                        + (isRefusal ? "not in force, or refused already" : "not refused")))
    }
}
