//! The house style: the words that the invented secretariat uses, and its people and places.

use super::model::Tongue;

/// Labels and standing phrases of one written form.
pub(crate) struct Words {
    pub(crate) agenda: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) organ: &'static str,
    pub(crate) number: &'static str,
    pub(crate) day: &'static str,
    pub(crate) time: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) place: &'static str,
    pub(crate) chair: &'static str,
    pub(crate) secretary: &'static str,
    pub(crate) invited: &'static str,
    pub(crate) list: &'static str,
    pub(crate) officer: &'static str,
    pub(crate) background: &'static str,
    pub(crate) recommendation: &'static str,
    pub(crate) present: &'static str,
    pub(crate) absent: &'static str,
    pub(crate) deputies: &'static str,
    pub(crate) staff: &'static str,
    pub(crate) deliberation: &'static str,
    pub(crate) voting: &'static str,
    pub(crate) decision: &'static str,
    pub(crate) by: &'static str,
    pub(crate) unanimous: &'static str,
    pub(crate) approval: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) report: &'static str,
    pub(crate) noted: &'static str,
    pub(crate) weekdays: [&'static str; 7],
    pub(crate) opening: [&'static str; 4],
}

pub(crate) const BOKMAL: Words = Words {
    agenda: "Innkalling til møte i styret",
    minutes: "Referat fra møte i styret",
    organ: "Organ",
    number: "Møtenr.",
    day: "Møtedag",
    time: "Klokkeslett",
    ended: "Møtet hevet",
    place: "Sted",
    chair: "Møteleder",
    secretary: "Referent",
    invited: "Innkalt",
    list: "Saksliste",
    officer: "Saksbehandler",
    background: "Bakgrunn",
    recommendation: "Daglig leders innstilling",
    present: "Til stede",
    absent: "Forfall",
    deputies: "Varamedlemmer",
    staff: "Fra administrasjonen",
    deliberation: "Behandling i møtet",
    voting: "Avstemning",
    decision: "Styrets vedtak",
    by: "Daglig leder",
    unanimous: "Innstillingen ble enstemmig vedtatt.",
    approval: "Godkjenning av referat fra møtet",
    approve: "Referatet fra møtet {d} godkjennes.",
    report: "Skriv fra {s} om åpningstider",
    noted: "Tas til orientering.",
    weekdays: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    opening: [
        "Daglig leder viste bilder og gikk gjennom regnestykket.",
        "Medlemmene hadde vært på befaring samme morgen.",
        "Det kom spørsmål om hvem som har tilsyn om vinteren.",
        "Ordet var fritt, og flere pekte på trafikken i området.",
    ],
};

pub(crate) const NYNORSK: Words = Words {
    agenda: "Innkalling til møte i styret",
    minutes: "Referat frå møte i styret",
    organ: "Organ",
    number: "Møtenr.",
    day: "Møtedag",
    time: "Tid",
    ended: "Møtet slutta",
    place: "Møtestad",
    chair: "Møteleiar",
    secretary: "Referent",
    invited: "Innkalla",
    list: "Sakliste",
    officer: "Sakshandsamar",
    background: "Bakgrunn",
    recommendation: "Dagleg leiar si tilråding",
    present: "Til stades",
    absent: "Forfall",
    deputies: "Varamedlemer",
    staff: "Frå administrasjonen",
    deliberation: "Handsaming i møtet",
    voting: "Røysting",
    decision: "Styret sitt vedtak",
    by: "Dagleg leiar",
    unanimous: "Tilrådinga vart samrøystes vedteken.",
    approval: "Godkjenning av referat frå møtet",
    approve: "Referatet frå møtet {d} vert godkjent.",
    report: "Skriv frå {s} om opningstider",
    noted: "Vert teke til orientering.",
    weekdays: ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"],
    opening: [
        "Dagleg leiar viste bilete og gjekk gjennom reknestykket.",
        "Medlemene hadde vore på synfaring same morgonen.",
        "Det kom spørsmål om kven som har tilsyn om vinteren.",
        "Ordet var fritt, og fleire peika på trafikken i området.",
    ],
};

pub(crate) fn words(tongue: Tongue) -> &'static Words {
    match tongue {
        Tongue::Bokmal => &BOKMAL,
        Tongue::Nynorsk => &NYNORSK,
    }
}

/// What the names of further organisations begin with, and how they go on.
pub(crate) const ORGANISATIONS: [[&str; 16]; 2] = [
    [
        "Skarv", "Lang", "Brei", "Sel", "Ørn", "Hval", "Grå", "Kvit", "Stor", "Lille", "Nord", "Sør", "Øst", "Vest",
        "Ytre", "Indre",
    ],
    [
        "sundet", "vika", "øya", "nesset", "dalen", "vatnet", "heia", "skogen", "holmen", "bukta", "elva", "åsen",
        "vidda", "stranda", "lia", "moen",
    ],
];

pub(crate) const ORGANISATION: &str = "Skarvfjorden friluftsråd";
pub(crate) const BODY: &str = "Styret i Skarvfjorden friluftsråd";

/// Municipalities of the council, with their codes until 2017.
pub(crate) const MUNICIPALITIES: [(&str, &str); 7] = [
    ("Hitra", "1617"),
    ("Frøya", "1620"),
    ("Hemne", "1612"),
    ("Snillfjord", "1613"),
    ("Agdenes", "1622"),
    ("Orkdal", "1638"),
    ("Ørland", "1621"),
];

pub(crate) const FIRST: [&str; 14] = [
    "Ragnhild",
    "Arnfinn",
    "Solveig",
    "Terje",
    "Ingebjørg",
    "Magne",
    "Bodil",
    "Øystein",
    "Åse",
    "Leif",
    "Gudrun",
    "Håkon",
    "Torunn",
    "Jarle",
];
pub(crate) const LAST: [&str; 14] = [
    "Bergsvik",
    "Kvamstad",
    "Nordvåg",
    "Ramsøy",
    "Fjeldstrand",
    "Hestnes",
    "Mørkved",
    "Årvik",
    "Stokkset",
    "Tranøy",
    "Lyngmo",
    "Vågen",
    "Selvåg",
    "Ulvan",
];
pub(crate) const PLACES: [&str; 16] = [
    "Storvika",
    "Kalvøya",
    "Lyngholmen",
    "Havnneset",
    "Sandbukta",
    "Ternskjæret",
    "Brattstranda",
    "Kobbevika",
    "Lomvika",
    "Vesterbukta",
    "Skjellneset",
    "Rognholmen",
    "Tjukkøya",
    "Langstranda",
    "Ospevika",
    "Gåsholmen",
];
pub(crate) const ROOMS: [&str; 5] = [
    "Rådhuset i Fillan",
    "Kystmuseet, møterom Fyret",
    "Kommunehuset på Kyrksæterøra",
    "Friluftsrådets kontor",
    "Brekstad hotell",
];
pub(crate) const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];
