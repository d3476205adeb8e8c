/// A terminfo entry for 24-bit colour, as the value of the environment variable TERMINFO.
///
/// The entries that terminals name in TERM know 256 colours at most, and the `-direct` ones are
/// not installed everywhere, or take the first eight colours for the palette's. A terminal that
/// says COLORTERM=truecolor gets this one. It holds only what all of them agree on: no scrolling,
/// no repeated characters, no claim about the colour of erased cells.
///
/// Made of the text below with `tic -x -o DIR` and `TERMINFO=DIR infocmp -x -Q2 -q weir-direct`,
/// line ends removed; ncurses 6.1 and later read it. `RGB` is an extended capability: the value of
/// a colour is its red, green and blue, eight bits each.
///
/// ```
/// weir-direct|ECMA-48 terminal with 24-bit colours and nothing that terminals disagree on,
///     am, mir, msgr, xenl, RGB,
///     colors#0x1000000, cols#80, it#8, lines#24, pairs#0x7FFF,
///     bel=^G, bold=\E[1m, civis=\E[?25l, clear=\E[H\E[2J, cnorm=\E[?25h, cr=\r,
///     cub=\E[%p1%dD, cub1=^H, cud=\E[%p1%dB, cuf=\E[%p1%dC, cuf1=\E[C,
///     cup=\E[%i%p1%d;%p2%dH, cuu=\E[%p1%dA, cuu1=\E[A, ech=\E[%p1%dX, ed=\E[J, el=\E[K,
///     home=\E[H, hpa=\E[%i%p1%dG, op=\E[39;49m, rev=\E[7m,
///     rmam=\E[?7l, rmcup=\E[?1049l, rmul=\E[24m,
///     setab=\E[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
///     setaf=\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
///     sgr=\E[0%?%p6%t;1%;%?%p2%t;4%;%?%p1%p3%|%t;7%;m, sgr0=\E[m,
///     smam=\E[?7h, smcup=\E[?1049h, smul=\E[4m, vpa=\E[%i%p1%dd,
/// ```
enum DirectColorEntry {
    static let name = "weir-direct"

    static let terminfo = """
        b64:HgJYAA8ADwBpAWcBd2Vpci1kaXJlY3R8RUNNQS00OCB0ZXJtaW5hbCB3aXRoIDI0LWJpdCBjb2xv\
        dXJzIGFuZCBub3RoaW5nIHRoYXQgdGVybWluYWxzIGRpc2FncmVlIG9uAAABAAABAAAAAAAAAAABAQBQ\
        AAAACAAAABgAAAD_____________________________________________________AAAAAf9_AAD_\
        _wAAAgD_____BAAMABAAFAD__x8A__8wADQAOwD__z0ARAD__0gA__________________9MAFEA____\
        _________1oA__9fAGQA__9tAHEA________egD_________________________________________\
        ________________________________________________________________________________\
        ____________________________________________gAD_______-JAJIA__-bAP______________\
        _________________6QA________rwD_________________________________________________\
        _9oA4AD_________________________________________________________________________\
        ________________________________________________________________________________\
        ________________________________________________________________________________\
        ________________________________________________________________________________\
        _______________________________________________________________________mAP______\
        ________________________________________________________________________________\
        ____________________________________________________________________________7wAr\
        AQcADQAbW0gbWzJKABtbSwAbW0oAG1slaSVwMSVkRwAbWyVpJXAxJWQ7JXAyJWRIABtbSAAbWz8yNWwA\
        CAAbWz8yNWgAG1tDABtbQQAbWzFtABtbPzEwNDloABtbN20AG1s0bQAbWyVwMSVkWAAbW20AG1s_MTA0\
        OWwAG1syNG0AG1slcDElZEIAG1slcDElZEQAG1slcDElZEMAG1slcDElZEEAG1slaSVwMSVkZAAbWzAl\
        PyVwNiV0OzElOyU_JXAyJXQ7NCU7JT8lcDElcDMlfCV0OzclO20AG1s_N2gAG1s_N2wAG1szOTs0OW0A\
        G1szODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZG0A\
        G1s0ODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZG0A\
        AAEAAAAAAAEABAABAAAAUkdCAA==
        """
}
