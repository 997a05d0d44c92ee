import Testing

@Suite struct SinglePlaceTests {
    @Test func `calls of the method are found, in its target alone`() {
        let files = [
            SourceFile("gateway.publish(table)", in: "commonway", name: "A.swift"),
            SourceFile("func publish(table: RouteTable) {}", in: "commonway", name: "B.swift"),
            SourceFile("gateway.publish(table)", in: "Proxy", name: "C.swift"),
            SourceFile("// gateway.publish(table)", in: "commonway", name: "D.swift"),
        ]
        let single = SinglePlace(method: "publish", target: "commonway", reason: "a law")
        #expect(single.places(in: files) == ["Sources/commonway/A.swift"])
    }
}
