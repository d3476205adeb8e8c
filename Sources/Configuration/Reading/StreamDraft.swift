/// A stream while its file is being read.
struct StreamDraft {
    var definition: StreamDefinition
    /// Where `forget_after` was written, if it was.
    var forgetAfter: Fields.Field?
    /// Whether the numbers in it are the file's, so that rules across keys can be checked.
    var isSound: Bool
}
