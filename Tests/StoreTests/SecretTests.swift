import Council
import Testing

@Suite struct SecretTests {
    let secret = Secret(text: "hunter2hunter2")

    @Test func `no way of printing shows the content`() {
        var dumped = ""
        dump(secret, to: &dumped)
        let printed = [
            "\(secret)", String(describing: secret), String(reflecting: secret),
            "\([secret])", "\(["key": secret])", "\(Optional(secret) as Any)", dumped,
            String(reflecting: (1, secret)), "\(Mirror(reflecting: secret).children.map(\.value))",
        ]
        #expect(printed.filter { $0.contains("hunter") || $0.contains("104") } == [])
    }

    @Test func `the content comes out when asked for`() {
        #expect(secret.revealText() == "hunter2hunter2")
    }

    @Test(arguments: ["hunter2hunter3", "iunter2hunter2", "hunter2hunter", "", "hunter2hunter22"])
    func `another content is not equal`(other: String) {
        #expect(Secret(text: other) != secret)
    }

    @Test func `the same content is equal`() {
        #expect(Secret(octets: Array("hunter2hunter2".utf8)) == secret)
    }
}
