/// The LogReader room.
enum LogReaderRoom {}
