import Council
import Governance
import Store
import TestKit
import Testing

@Suite struct TimeTests {
    @Test func `what is due is appended at its instant and not before`() async throws {
        let premises = try Premises()
        let (council, _) = try await premises.begun()
        _ = try await council.submit(try premises.proposal())
        let proposed = premises.clock.now
        #expect(try await council.advance() == proposed + 1000)
        premises.clock.goOn(by: 999)
        let before = await Standing(council)
        _ = try await council.advance()
        #expect(await Standing(council) == before)
        premises.clock.goOn(by: 1)
        #expect(try await council.advance() == proposed + 1000 + 4000)
        #expect(await council.read { $0.state.proposal(1)?.status } == .voting)
        premises.clock.goOn(by: 4000)
        #expect(try await council.advance() == nil)
        #expect(await council.read { $0.state.proposal(1)?.status } == .noQuorum)
    }

    @Test func `a statement at or past the instant comes after what is due`() async throws {
        let premises = try Premises()
        let (council, _) = try await premises.begun()
        _ = try await council.submit(try premises.proposal())
        premises.clock.goOn(by: 1000)
        _ = try await council.advance()
        let ballot = try await premises.ballot(on: 1, by: 1, "yes", council)
        premises.clock.goOn(by: 4000)
        let error = await #expect(throws: SubmissionError.self) {
            try await council.submit(ballot)
        }
        guard case .refused(let refusal) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refusal.code == .votingClosed)
        #expect(await council.read { $0.state.proposal(1)?.status } == .noQuorum)
    }

    @Test func `while nothing waits for time the council says nothing`() async throws {
        let premises = try Premises()
        let (council, _) = try await premises.begun()
        let before = await Standing(council)
        premises.clock.goOn(by: 3_600_000)
        #expect(try await council.advance() == nil)
        #expect(await Standing(council) == before)
    }

    @Test func `while something waits it says at every heartbeat that time goes on`() async throws {
        let premises = try Premises(founders: 10)
        let (council, _) = try await premises.begun()
        // Two sponsors are needed, so that only the expiry after ten minutes waits.
        _ = try await council.submit(try premises.proposal())
        let size = await Standing(council).size
        premises.clock.goOn(by: 9999)
        _ = try await council.advance()
        #expect(await Standing(council).size == size)
        for beat in 1...3 {
            premises.clock.goOn(by: beat == 1 ? 1 : 10_000)
            #expect(try await council.advance() == premises.clock.now + 10_000)
            #expect(await Standing(council).size == size + beat)
        }
    }

    @Test func `a clock that is set back holds the log's time`() async throws {
        let premises = try Premises()
        let (council, _) = try await premises.begun()
        let t = await council.read { $0.state.t }
        premises.clock.goOn(by: -50_000)
        #expect(try await council.submit(try premises.proposal()).t == t)
    }
}
