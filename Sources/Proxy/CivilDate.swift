/// Year, month and day in the Gregorian calendar.
struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    /// The date of a count of days since 1970. Counted in eras of 400 years that begin in March,
    /// so that the leap day is a year's last.
    init(days: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let leaps = dayOfEra / 1_460
        let yearOfEra = (dayOfEra - leaps + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
        month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }
}
