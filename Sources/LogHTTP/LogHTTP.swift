/// The LogHTTP room.
enum LogHTTPRoom {}
