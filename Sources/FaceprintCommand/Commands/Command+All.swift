extension Command {
    /// Every command, in the order in which the help lists them.
    static let all: [Command] = recognition + training + models

    private static let recognition = [
        verify, identify, compare, enroll, watchVideo,
        serve,
        peopleList, peopleShow, peopleRename, peopleBadge, peopleGroup, peopleRemove, peopleExport,
        galleryExport, galleryImport, galleryBackup, galleryRestore, galleryVerify, galleryStats, galleryCompact,
        galleryIndex,
        galleryRetention, galleryExpire,
        gallerySeal, galleryRekey, galleryUnseal, galleryKey,
        keyCreate, keyList, keyRevoke, logList, logVerify,
        cluster, classifyTrain, classifyRun,
        detect, encode, evaluateLFW, evaluatePairs, evaluateFolder, evaluateTracks, evaluateLiveness,
        calibrate, map, explain,
    ]

    #if Training
        private static let training = [train]
    #else
        private static let training: [Command] = []
    #endif

    private static let models = [
        modelFetch, modelImport, modelQuantize, modelList, modelShow,
        completions,
    ]
}
