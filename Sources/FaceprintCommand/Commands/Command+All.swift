extension Command {
    /// Every command, in the order in which the help lists them.
    static let all: [Command] = [
        verify, identify, compare, enroll,
        serve,
        peopleList, peopleShow, peopleRename, peopleBadge, peopleGroup, peopleRemove, peopleExport,
        galleryExport, galleryImport, galleryBackup, galleryRestore, galleryVerify, galleryStats, galleryCompact,
        galleryIndex,
        galleryRetention, galleryExpire,
        gallerySeal, galleryRekey, galleryUnseal, galleryKey,
        keyCreate, keyList, keyRevoke, logList, logVerify,
        detect, encode, evaluateLFW, evaluatePairs, evaluateFolder, evaluateLiveness, calibrate,
        modelFetch, modelImport, modelList, modelShow,
        completions,
    ]
}
