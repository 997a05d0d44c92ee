/// A contender that takes its turns, with its connections.
struct Entrant {
    let contender: Contender
    let crowd: CrowdHandle
}

/// Contenders that take turns under one load.
struct Turns {
    private let stage: Stage
    let entrants: [Entrant]

    /// Opens each contender's connections; every one has had an answer when this returns.
    ///
    /// - Parameter plan: What the connections to a contender do.
    /// - Throws: ``BenchFault``.
    init(
        _ stage: Stage, _ contenders: [Contender], plan: (Contender) -> CrowdPlan
    ) throws(BenchFault) {
        self.stage = stage
        var entrants: [Entrant] = []
        for contender in contenders {
            entrants.append(
                Entrant(contender: contender, crowd: try stage.engine.open(plan(contender))))
        }
        self.entrants = entrants
    }

    /// Lets each take as many turns as were asked for; in every round another one begins.
    ///
    /// - Returns: What each has shown, in the order of the contenders.
    /// - Throws: ``BenchFault``.
    func take(_ pace: Pace, unit: Round.Unit = .answers) throws(BenchFault) -> [Series] {
        var series = entrants.map { Series(name: $0.contender.name) }
        for round in 0..<stage.options.rounds {
            for turn in entrants.indices {
                let place = (round + turn) % entrants.count
                let entrant = entrants[place]
                series[place].add(
                    try Round.take(
                        entrant.contender, crowd: entrant.crowd, pace: pace, unit: unit,
                        cores: stage.cores, seconds: stage.options.roundSeconds))
            }
        }
        return series
    }

    /// Closes all connections.
    ///
    /// - Throws: ``BenchFault``.
    func end() throws(BenchFault) {
        for entrant in entrants { try entrant.crowd.close() }
    }
}
